/** What a release looks at before it changes anything. */
export interface State {
  readonly version: string;
  readonly current: string;
  readonly branch: string;
  /** Uncommitted changes, as `git status --porcelain` lists them. */
  readonly changes: string;
  readonly tags: readonly string[];
  readonly changelog: string | undefined;
}

export declare function datedChangelog(text: string, version: string, date: string): string | undefined;
export declare function isNewer(version: string, than: string): boolean;
export declare function complaints(state: State): string[];
