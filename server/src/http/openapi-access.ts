import type { OpenAPIObject } from '@nestjs/swagger';
import { openingScopes, policy, type Action, type Rule } from '@palmares/shared/access/policy';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** A key with one of these scopes or a board link; a session, of a member with one of these roles. */
function security({ roles, scopes, others }: Rule): Operation['security'] {
  if (others === 'public') return [];
  const bearer = scopes !== undefined || others === 'board-link';
  const cookie = roles !== undefined || others === 'signed-in' || others === 'operator';
  return [
    ...(bearer ? [{ bearer: [...openingScopes(scopes)] }] : []),
    ...(cookie ? [{ cookie: Object.keys(roles ?? {}) }] : []),
  ];
}

const OTHERS = {
  public: 'everybody',
  'signed-in': 'a person who is signed in',
  operator: 'operators',
  'board-link': 'bearers of a board link',
};
const REACH = {
  own: 'their own',
  managed: 'the teams that they manage',
  organisation: 'the whole organisation',
};

/** `For keys with read or admin; rep (their own), manager (the teams that they manage).` */
function sentence({ roles = {}, scopes, others }: Rule): string {
  const members = Object.entries(roles).map(([role, whose]) => `${role} (${REACH[whose]})`);
  const parts = [
    ...(others ? [OTHERS[others]] : []),
    ...(scopes ? [`keys with ${openingScopes(scopes).join(' or ')}`] : []),
    ...(members.length > 0 ? [members.join(', ')] : []),
  ];
  return `For ${parts.join('; ')}.`;
}

/** Says of an operation which action it is and who may call it, all from the policy. */
export function tellAccess(operation: Operation, action: Action): void {
  const rule = policy[action];
  operation.security = security(rule);
  operation.description = [operation.description, sentence(rule)].filter(Boolean).join('\n\n');
  Object.assign(operation, {
    'x-action': action,
    'x-roles': { ...rule.roles },
    'x-scopes': [...openingScopes(rule.scopes)],
  });
}
