/** What `WhyModule.forRoot` and `forRootAsync` take. */
import { ConfigurableModuleBuilder } from '@nestjs/common';
import { OptionError } from '../config/option-error.js';
import { Ledger } from './ledger.js';

export interface WhyOptions {
  /** Endings and refusals that are remembered, from 1 to 100,000; 10,000 unless given. */
  readonly ledgerSize?: number;
}

const DEFAULT_SIZE = 10_000;
const LARGEST = 100_000;

/** @throws {OptionError} if the option can never work (C3). */
export function createLedger({ ledgerSize = DEFAULT_SIZE }: WhyOptions): Ledger {
  if (!Number.isInteger(ledgerSize) || ledgerSize < 1 || ledgerSize > LARGEST) {
    throw new OptionError(`ledgerSize must be an integer from 1 to ${LARGEST}, not ${String(ledgerSize)}`);
  }
  return new Ledger(ledgerSize);
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<WhyOptions>({
  moduleName: 'Why',
})
  .setClassMethodName('forRoot')
  .build();
