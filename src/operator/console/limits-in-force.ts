/** The options that bound what peers may do, with their values. */
import { defaultOf, type OptionDescription, optionsOf } from '../../config/option.decorator.js';
import { RelayOptions } from '../../config/relay-options.js';
import type { Limit } from './look.js';

/** Options that are limits without being numbers. Others are left out: there are secrets among them. */
const OTHERS = ['path', 'allowedOrigins', 'trustProxy'];

export function limitsInForce(options: RelayOptions): Limit[] {
  return optionsOf(RelayOptions)
    .map((option) => ({ option, value: Reflect.get(options, option.property) as unknown }))
    .filter(({ option, value }) => typeof value === 'number' || OTHERS.includes(option.property))
    .map(({ option, value }) => limitOf(option, value));
}

function limitOf(option: OptionDescription, value: unknown): Limit {
  const { flag, type, help } = option;
  const typed = type.format(value);
  const meaning = type.explain?.(value);
  const isDefault = typed === defaultOf(RelayOptions, option).typed;
  return { flag: `--${flag}`, value: meaning ?? typed, help, isDefault };
}
