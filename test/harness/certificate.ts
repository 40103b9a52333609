// A certificate for servers of this machine that a test starts, signed by itself.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Two files in PEM. Who is to trust the server takes `certFile` as its authority. */
export interface Certificate {
  certFile: string;
  keyFile: string;
  remove(): void;
}

/** For 127.0.0.1 and localhost, valid for a day; made by openssl, which must be installed. */
export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'relay-certificate-'));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const files = ['-keyout', keyFile, '-out', certFile];
  execFileSync('openssl', ['req', '-x509', '-days', '1', ...key, ...names, ...files], { stdio: 'ignore' });
  return { certFile, keyFile, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
