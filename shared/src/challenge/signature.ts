import type { Role } from '../people/member.js';

/**
 * Something that a member or a key has from another: the account itself (`account`), the way in
 * by an invitation or a reset (`entrance`), a role (`role:hr`), a team to manage (`team:<id>`).
 */
export interface Grant {
  what: string;
  /** Who gave it: `member:<id>`, `key:<id>`, `person:<id>`, `cli`, … */
  by: string;
}

/** Grants by the signature of who has them. */
export type Grants = ReadonlyMap<string, readonly Grant[]>;

/** A person, or a key, who signs or could sign. */
export interface Signer {
  /** `member:<id>`, `key:<id>`, or `person:<id>` for an operator of the installation. */
  signature: string;
  roles: readonly Role[];
  /** The teams concerned that a manager manages; none where the challenge reaches beyond them. */
  teams: readonly string[];
}

/** What a signature is about. */
export interface Matter {
  /** Signatures of those who may be paid. */
  gainers: ReadonlySet<string>;
  /** Signatures of those who wrote it; only a countersignature excludes them. */
  authors?: ReadonlySet<string>;
  grants: Grants;
}

/** In this order the product asks: HR, then managers and admins, then operators. */
export const signerOrders = ['hr', 'lead', 'operator'] as const;
export type SignerOrder = (typeof signerOrders)[number];

/**
 * Why a signature does not count: a key; the signer gains by it; is its author; has the account
 * or the way in, or the role or team, from a person who gains; has no role that signs; or signs
 * out of turn.
 */
export const signatureFaults = [
  'key',
  'gains',
  'author',
  'account-from-gainer',
  'role-from-gainer',
  'no-signer',
  'not-your-turn',
] as const;
export type SignatureFault = (typeof signatureFaults)[number];

export type Verdict = { counts: true; order: SignerOrder } | { counts: false; why: SignatureFault };

/** Grants that let the giver act as the receiver. */
const CONTROL: readonly string[] = ['account', 'entrance'];

const grantsTo = (signature: string, grants: Grants) => grants.get(signature) ?? [];

/**
 * The signature itself and, from giver to giver, those who made its account or opened its way in.
 * Each of them could act under it.
 */
export function handsBehind(signature: string, grants: Grants): Set<string> {
  const found = new Set([signature]);
  for (const one of found) {
    for (const { what, by } of grantsTo(one, grants)) if (CONTROL.includes(what)) found.add(by);
  }
  return found;
}

/** True where somebody who gains could act under this signature. */
export function isInGainersHand(signature: string, { gainers, grants }: Matter): boolean {
  return [...handsBehind(signature, grants)].some((hand) => gainers.has(hand));
}

/** Who is responsible for what a signature did: for a key, the person who made it if one is known. */
export function principalOf(signature: string, grants: Grants): string {
  const seen = new Set<string>();
  let current = signature;
  while (current.startsWith('key:') && !seen.has(current)) {
    seen.add(current);
    const maker = grantsTo(current, grants).find(({ what }) => what === 'account')?.by;
    if (!maker || !/^(?:member|person|key):/.test(maker)) return current;
    current = maker;
  }
  return current;
}

/** Whether a signer’s right to sign came from a gainer; without a grant of its own, see the account. */
function isGivenByGainer(signer: Signer, what: string, matter: Matter): boolean {
  const own = grantsTo(signer.signature, matter.grants).find((grant) => grant.what === what);
  return own !== undefined && isInGainersHand(own.by, matter);
}

/** The rights by which a signer signs, and of these those that no gainer gave. */
function ordersOf(signer: Signer, matter: Matter): { had: boolean; clean: SignerOrder[] } {
  const { signature, roles, teams } = signer;
  if (signature.startsWith('person:')) return { had: true, clean: ['operator'] };
  const clean: SignerOrder[] = [];
  const isClean = (role: Role) => !isGivenByGainer(signer, `role:${role}`, matter);
  const manages = roles.includes('manager') && teams.length > 0;
  if (roles.includes('hr') && isClean('hr')) clean.push('hr');
  if (roles.includes('admin') && isClean('admin')) clean.push('lead');
  const areClean = !teams.some((id) => isGivenByGainer(signer, `team:${id}`, matter));
  if (manages && isClean('manager') && areClean) clean.push('lead');
  return { had: roles.includes('hr') || roles.includes('admin') || manages, clean };
}

/** Whether a signature counts by itself, whoever else could sign. */
export function verdictOf(signer: Signer, matter: Matter): Verdict {
  const { signature } = signer;
  const refused = (why: SignatureFault): Verdict => ({ counts: false, why });
  if (signature.startsWith('key:')) return refused('key');
  if (matter.gainers.has(signature)) return refused('gains');
  if (matter.authors?.has(signature)) return refused('author');
  if (isInGainersHand(signature, matter)) return refused('account-from-gainer');
  const { had, clean } = ordersOf(signer, matter);
  const [order] = clean;
  if (order) return { counts: true, order };
  return refused(had ? 'role-from-gainer' : 'no-signer');
}

/** Verdicts over all who could sign: who is asked next, and what holds for each of them. */
export interface Signing {
  verdicts: ReadonlyMap<string, Verdict>;
  /** The order that is asked; null where nobody’s signature counts. */
  next: SignerOrder | null;
  /** Signatures of those who are asked. */
  asked: string[];
}

/**
 * Who may sign. An operator counts only where no HR, manager or admin does; with `inTurn` nobody
 * counts while somebody of an earlier order could sign.
 */
export function signingOf(
  signers: readonly Signer[],
  matter: Matter,
  { inTurn }: { inTurn: boolean } = { inTurn: false },
): Signing {
  const found = new Map(signers.map((one) => [one.signature, verdictOf(one, matter)]));
  const orders = [...found.values()].flatMap((one) => (one.counts ? [one.order] : []));
  const next = signerOrders.find((order) => orders.includes(order)) ?? null;
  const verdicts = new Map<string, Verdict>();
  const asked: string[] = [];
  for (const [signature, verdict] of found) {
    const early = verdict.counts && verdict.order !== next;
    const waits = early && (inTurn || verdict.order === 'operator');
    verdicts.set(signature, waits ? { counts: false, why: 'not-your-turn' } : verdict);
    if (verdict.counts && !early) asked.push(signature);
  }
  return { verdicts, next, asked };
}

/** True where time may certify: everybody who wrote it is known, and none of them gains by it. */
export const mayTimeCertify = (authors: readonly string[], matter: Matter): boolean =>
  authors.length > 0 && !authors.some((one) => isInGainersHand(one, matter));
