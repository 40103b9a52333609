/** What an operator can do. Nothing is done before it was confirmed. */
import { type Child, element, write } from './dom.js';

/** An action and what it is done to, by the names that the relay knows. */
export type Deed = Readonly<Record<string, string>> & { readonly action: string };

export class Actions {
  private readonly dialog = element<HTMLDialogElement>('ask');
  private deed: Deed | undefined;

  constructor() {
    element('ask-no').addEventListener('click', () => this.dialog.close());
    element('ask-yes').addEventListener('click', () => void this.go());
  }

  /** Asks whether it shall be done. */
  ask(title: readonly Child[], consequence: string, yes: string, deed: Deed): void {
    this.deed = deed;
    element('ask-title').replaceChildren(...title);
    write(element('ask-text'), consequence);
    write(element('ask-yes'), yes);
    this.dialog.showModal();
  }

  private async go(): Promise<void> {
    if (this.deed === undefined) return;
    const { action, ...parameters } = this.deed;
    this.deed = undefined;
    const failure = await act(action, parameters);
    if (failure === undefined) this.dialog.close();
    else write(element('ask-text'), failure);
  }
}

/** What statuses mean here. */
const FAILURES: Readonly<Record<number, string>> = {
  404: 'This peer or room has already gone.',
  503: 'The node of that room did not answer. Check whether it worked, and try again in a few seconds.',
};

/** Undefined if it was done, or else why not. The header shows that no other page asks. */
async function act(
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const url = new URL(`../${action}`, import.meta.url);
  url.search = new URLSearchParams(parameters).toString();
  try {
    const { ok, status } = await fetch(url, { method: 'POST', headers: { 'X-CarParty-Action': action } });
    if (ok) return undefined;
    return FAILURES[status] ?? `The relay refused it (${status}).`;
  } catch {
    return 'The relay does not answer.';
  }
}
