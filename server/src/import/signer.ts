import { permits, type Action } from '@palmares/shared/access/policy';
import type { Scope } from '@palmares/shared/auth/scope';
import { mappingKinds, type MappingKind } from '@palmares/shared/import/field';
import type { Charge } from '@palmares/shared/people/charge';
import { signatureOf, type Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { chargeBy } from '../people/member-access.js';

/** Who lets an import be recorded. It is kept with the import, and asked again at each chunk. */
export interface Signer {
  /** `key:<id>`, `member:<id>`, `command`. */
  by: string;
  /** What a key might do when it signed; null for an admin and the command line. */
  scopes: readonly Scope[] | null;
}

export const COMMAND: Signer = { by: 'command', scopes: null };

/** What the rows of a file do. */
const ROWS = {
  activities: 'activity.record',
  members: 'member.manage',
  targets: 'target.set',
} as const satisfies Record<MappingKind, Action>;

export const signerOf = (caller: Caller): Signer => ({
  by: signatureOf(caller),
  scopes: caller.kind === 'key' ? caller.scopes : null,
});

/** The kinds of files that somebody may bring, and whose mappings they may keep. */
export function kindsOf({ scopes }: Signer): MappingKind[] {
  if (scopes === null) return [...mappingKinds];
  return mappingKinds.filter((kind) => permits(ROWS[kind], { kind: 'key', scopes }));
}

/** Problems: `forbidden`. */
export function refuseKind(signer: Signer, kind: MappingKind): void {
  if (!kindsOf(signer).includes(kind)) throw new ProblemError('forbidden');
}

/** Whom files may change that this signer lets in. */
export const chargeFrom = ({ scopes }: Signer): Charge => chargeBy(scopes);
