/** The accounts of all addresses, in bounded memory. */
import type { AddressAccount } from './address-account.js';

/**
 * Accounts that are kept though nothing of their address is left, for what it did lately. Who has more addresses
 * than this is not slowed by limits per address anyway.
 */
export const MOST_IDLE_ACCOUNTS = 10_000;

/**
 * Accounts in use are as many as there are connections at most, and are never forgotten: what was counted is
 * counted back. The idle ones are in two generations; when the recent ones have become many, the former ones
 * are forgotten together, which costs less than to look for the oldest at every turn, and needs no timer.
 */
export class AddressBook {
  private readonly inUse = new Map<string, AddressAccount>();
  private recent = new Map<string, AddressAccount>();
  private former = new Map<string, AddressAccount>();

  constructor(private readonly open: () => AddressAccount) {}

  /** Accounts that take memory now. */
  get size(): number {
    return this.inUse.size + this.recent.size + this.former.size;
  }

  /** Hands out the account of an address, a new one if need be, and files it when `use` is done with it. */
  with<T>(key: string, use: (account: AddressAccount) => T): T {
    const account = this.take(key) ?? this.open();
    const result = use(account);
    if (account.isInUse) this.inUse.set(key, account);
    else this.keep(key, account);
    return result;
  }

  private take(key: string): AddressAccount | undefined {
    for (const accounts of [this.inUse, this.recent, this.former]) {
      const account = accounts.get(key);
      if (account === undefined) continue;
      accounts.delete(key);
      return account;
    }
    return undefined;
  }

  private keep(key: string, account: AddressAccount): void {
    this.recent.set(key, account);
    if (this.recent.size < MOST_IDLE_ACCOUNTS / 2) return;
    this.former = this.recent;
    this.recent = new Map();
  }
}
