import type { Scope } from '../auth/scope.js';
import type { Role } from '../people/member.js';

/**
 * Whose data a role reaches by an action: its own; also that of the teams that it manages; that of
 * the whole organisation. What one challenge or one report hides beyond that is said by its service.
 */
export type Whose = 'own' | 'managed' | 'organisation';

/** Callers that have neither a role nor a scope. `signed-in` needs no organisation. */
export type Others = 'public' | 'signed-in' | 'operator' | 'board-link';

/** Who may do one action. A caller that an entry does not name is refused. */
export interface Rule {
  /** Members by role, and whose data each role reaches. */
  readonly roles?: Readonly<Partial<Record<Role, Whose>>>;
  /** API keys by scope; a key reaches the whole organisation. `admin` opens wherever a scope does. */
  readonly scopes?: readonly Scope[];
  readonly others?: Others;
}

const everyRole = (whose: Whose) =>
  ({ rep: whose, manager: whose, hr: whose, admin: whose }) as const;
const leaders = { manager: 'managed', admin: 'organisation' } as const;
const wholeOrganisation = { manager: 'organisation', admin: 'organisation' } as const;
const admin = { admin: 'organisation' } as const;
const hr = { hr: 'organisation' } as const;
const rep = { rep: 'own' } as const;

/**
 * Who may do what: the one place that says so. The server’s guard, the OpenAPI document, the tests
 * of access and the client’s navigation read it. An action is `noun.verb`.
 */
const table = {
  // The installation
  'health.read': { others: 'public' },
  'demo.read': { others: 'public' },
  'setup.begin': { others: 'public' },
  'organisation.operate': { others: 'operator' },

  // Signing in
  'session.open': { others: 'public' },
  'session.own': { others: 'signed-in' },
  'session.end': { roles: admin, scopes: ['admin'] },
  'invitation.send': { roles: admin, scopes: ['admin'] },
  'invitation.accept': { others: 'public' },
  'key.manage': { roles: admin, scopes: ['admin'] },

  // The organisation and its people
  'settings.read': { roles: everyRole('organisation'), scopes: ['read'] },
  'settings.change': { roles: admin, scopes: ['admin'] },
  'member.list': { roles: { ...wholeOrganisation, ...hr }, scopes: ['read'] },
  'member.read': { roles: wholeOrganisation, scopes: ['read'] },
  'member.manage': { roles: admin, scopes: ['people:write'] },
  // Changes members who are more than reps, gives such roles, says who manages a team.
  'member.promote': { roles: admin, scopes: ['admin'] },
  // Work rates and absences; the list of members shows external ids to HR as well.
  'personal-data.read': { roles: { ...everyRole('own'), ...leaders }, scopes: ['read'] },
  'external-id.read': { roles: { ...rep, ...leaders, ...hr }, scopes: ['read'] },
  'team.read': { roles: wholeOrganisation, scopes: ['read'] },
  'team.manage': { roles: admin, scopes: ['people:write'] },
  'audit.read': { roles: { ...hr, ...admin }, scopes: ['admin'] },
  'notification.own': { roles: everyRole('own') },

  // Activities and files
  'activity.record': { scopes: ['activities:write'] },
  'activity.read': { roles: { ...rep, ...leaders }, scopes: ['read'] },
  'revision.read': { roles: leaders, scopes: ['read'] },
  'source.read': { roles: wholeOrganisation, scopes: ['read'] },
  'verdict.give': { roles: leaders, scopes: ['admin'] },
  // A key brings only the kinds of files that its scopes write.
  'import.run': { roles: admin, scopes: ['activities:write', 'people:write'] },

  // KPIs and targets
  'kpi.read': { roles: { rep: 'organisation', ...wholeOrganisation }, scopes: ['read'] },
  'kpi.define': { roles: admin, scopes: ['admin'] },
  'figure.read': { roles: { ...rep, ...leaders }, scopes: ['read'] },
  'target.read': { roles: { ...rep, ...leaders }, scopes: ['read'] },
  'target.set': { roles: leaders, scopes: ['admin'] },

  // Challenges. Each one says in its visibility whose names its board and its proofs show.
  'challenge.read': { roles: everyRole('organisation'), scopes: ['read'] },
  'challenge.steer': { roles: leaders, scopes: ['admin'] },
  // Whose signature counts is said by who gains, for each challenge.
  'challenge.certify': { roles: { ...leaders, ...hr }, scopes: ['admin'] },
  'challenge.countersign': { roles: { ...leaders, ...hr } },
  'signature.operate': { others: 'operator' },
  'ceiling.set': { roles: hr },
  'challenge.audit': { roles: { ...wholeOrganisation, ...hr }, scopes: ['read'] },
  'board.read': { roles: everyRole('organisation'), scopes: ['read'], others: 'board-link' },
  'board-link.open': { others: 'board-link' },
  'board-link.manage': { roles: leaders, scopes: ['admin'] },
  // HR opens the proof of a score that has paid.
  'proof.read': { roles: { ...everyRole('own'), manager: 'managed', ...hr }, scopes: ['read'] },
  'terms.read': { roles: everyRole('organisation'), scopes: ['read'] },
  'terms.manage': { roles: leaders, scopes: ['admin'] },
  'terms.acknowledge': { roles: everyRole('own') },
  'acknowledgement.read': { roles: { ...leaders, ...hr }, scopes: ['read'] },
  'dispute.report': { roles: everyRole('own') },
  'dispute.read': { roles: { ...rep, ...leaders, ...hr }, scopes: ['read'] },
  'dispute.resolve': { roles: leaders },

  // Points
  'wallet.own': { roles: everyRole('own') },
  'ledger.read': { roles: hr, scopes: ['admin'] },
  'ledger.adjust': { roles: hr },
  'budget.read': { roles: hr, scopes: ['admin'] },

  // Pages of the client that put several actions together
  'challenge.join': { roles: rep },
  'challenge.browse': { roles: { ...rep, manager: 'organisation' } },
  'cockpit.open': { roles: leaders },
  'welcome.open': { roles: everyRole('own'), others: 'operator' },
} as const satisfies Readonly<Record<`${string}.${string}`, Rule>>;

export type Action = keyof typeof table;
export const policy: Readonly<Record<Action, Rule>> = table;
export const actions = Object.keys(table) as Action[];

/** A caller as far as the policy looks at one. */
export type PolicyCaller =
  | { readonly kind: 'key'; readonly scopes: readonly Scope[] }
  | { readonly kind: 'board-link' }
  | { readonly kind: 'person'; readonly operator: boolean }
  | { readonly kind: 'member'; readonly operator: boolean; readonly roles: readonly Role[] };

/** Scopes of which a key needs one: those of an entry, and `admin`; none where no key may. */
export const openingScopes = (scopes: readonly Scope[] = []): readonly Scope[] =>
  scopes.length === 0 ? [] : [...new Set<Scope>([...scopes, 'admin'])];

/** True when the policy lets a caller, whom the server knows, do an action. */
export function permits(action: Action, caller: PolicyCaller): boolean {
  const { roles, scopes, others }: Rule = policy[action];
  if (others === 'public') return true;
  if (caller.kind === 'board-link') return others === 'board-link';
  if (caller.kind === 'key') {
    return caller.scopes.some((one) => scopes?.includes(one) || (scopes && one === 'admin'));
  }
  if (others === 'signed-in' || (others === 'operator' && caller.operator)) return true;
  return caller.kind === 'member' && caller.roles.some((role) => roles?.[role] !== undefined);
}

/** True when somebody signed in with these roles may do an action: what the client shows. */
export const mayOpen = (action: Action, roles: readonly Role[], operator = false): boolean =>
  permits(action, { kind: 'member', roles, operator });

const WIDER: readonly Whose[] = ['own', 'managed', 'organisation'];

/** Whose data these roles reach together by an action; undefined where none of them may do it. */
export function reach(action: Action, roles: readonly Role[]): Whose | undefined {
  const { roles: named }: Rule = policy[action];
  return WIDER.findLast((whose) => roles.some((role) => named?.[role] === whose));
}

/** Whose data a caller reaches by an action; a key that may do it reaches the whole organisation. */
export function reachOf(action: Action, caller: PolicyCaller): Whose | undefined {
  if (caller.kind === 'member') return reach(action, caller.roles);
  return caller.kind === 'key' && permits(action, caller) ? 'organisation' : undefined;
}
