import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id with the parameters that OWASP gives for a server. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The same letters, whichever keyboard put them together. */
const normal = (password: string) => password.normalize('NFKC');

export async function hashPassword(password: string): Promise<string> {
  return hash(normal(password), COST);
}

let decoy: Promise<string> | undefined;

/** Takes as long when there is no password to compare with: nobody learns who is known here. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(32).toString('hex'));
  const matches = await verify(stored ?? (await decoy), normal(password));
  return stored !== null && matches;
}
