/** `npm run docs`: writes the options into docs/options.md and into the template `.env`, as src/config has them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { optionsAsEnvFile, withOptions } from '../dist/config/documentation.js';
import { inProject } from './project.mjs';

const page = inProject('docs/options.md');
writeFileSync(page, withOptions(readFileSync(page, 'utf8')));
writeFileSync(inProject('.env'), optionsAsEnvFile());
