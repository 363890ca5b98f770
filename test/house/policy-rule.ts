// Who may do what is said by the policy (shared/src/access/policy.ts) and nowhere else.
import { matches, type TextRule } from './text-rule.js';

const controllers: TextRule = {
  name: 'a controller names an action of the policy, and lists no roles or scopes',
  applies: (file) => /^server\/src\/.+\.controller\.ts$/.test(file),
  faults: (_, text) =>
    matches(text, /@Allow(Plain)?\((?!'[a-z-]+\.[a-z]+'\))|\b(roles|scopes?): *['[]|\.roles\b/),
  planted: [
    `  @Allow(READERS)`,
    `  @Allow({ public: true })`,
    `const READ = { scope: 'read', roles: ['hr'] } as const;`,
    `    if (caller.roles.includes('hr')) return;`,
  ].map((text) => ({ file: 'server/src/kpi/kpi.controller.ts', text })),
};

// The store asks the policy. The pages know with which one a role begins, if the policy opens it.
const ASKING = ['client/src/session/session.store.ts', 'client/src/shell/pages.ts'];

const client: TextRule = {
  name: 'the client asks the session what it may, and looks at no role of its reader',
  applies: (file) =>
    /^client\/src\/.+\.(ts|vue)$/.test(file) &&
    !file.endsWith('.spec.ts') &&
    !ASKING.includes(file),
  faults: (_, text) =>
    matches(text, /session\.roles|\broles\b.*= *useSessionStore|current\W+member\.roles/),
  planted: [
    `const leads = session.roles.includes('manager');`,
    `const { roles } = useSessionStore();`,
    `session.current?.member.roles.some((role) => role !== 'rep')`,
  ].map((text) => ({ file: 'client/src/kpi/KpiPage.vue', text })),
};

// Who sees whom in a challenge is no single reach: a manager with HR sees both kinds of members.
const SIGHT = 'server/src/challenge/sight.service.ts';

const services: TextRule = {
  name: 'a service asks the policy what a caller may, and looks at no role or scope of theirs',
  applies: (file) => /^server\/src\/.+\.ts$/.test(file) && file !== SIGHT,
  faults: (_, text) =>
    matches(
      text,
      /\bcaller\.(roles|scopes)\.(includes|some|every)|\bscopes\.(includes|some|every)/,
    ),
  planted: [
    `if (caller.roles.includes('admin')) return true;`,
    `return caller.scopes.some((one) => one === 'read');`,
    `const isAdmin = scopes === null || scopes.includes('admin');`,
  ].map((text) => ({ file: 'server/src/kpi/result.service.ts', text })),
};

export const policyRules: readonly TextRule[] = [controllers, client, services];
