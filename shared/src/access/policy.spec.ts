import { describe, expect, it } from '@jest/globals';
import { scopes, type Scope } from '../auth/scope.js';
import { roles } from '../people/member.js';
import { actions, mayOpen, permits, policy, reach, reachOf, type Action } from './policy.js';

/** `rep manager hr admin`: O the whole organisation, M the teams managed, own, - not at all. */
const LETTERS = { own: 'own', managed: 'M', organisation: 'O', none: '-' } as const;
function said(action: Action): string {
  const letters = roles.map((role) => LETTERS[reach(action, [role]) ?? 'none']);
  return letters.join(' ');
}

describe('who may do what, by role:', () => {
  // Written by hand: a change of the policy is a change here.
  it.each<[Action, string]>([
    ['wallet.own', 'own own own own'],
    ['notification.own', 'own own own own'],
    ['terms.acknowledge', 'own own own own'],
    ['dispute.report', 'own own own own'],

    ['proof.read', 'own M O own'],
    ['figure.read', 'own M - O'],
    ['activity.read', 'own M - O'],
    ['target.read', 'own M - O'],
    ['dispute.read', 'own M O O'],

    ['personal-data.read', 'own M own O'],
    ['external-id.read', 'own M O O'],

    ['challenge.steer', '- M - O'],
    ['challenge.certify', '- M O O'],
    ['challenge.countersign', '- M O O'],
    ['ceiling.set', '- - O -'],
    ['verdict.give', '- M - O'],
    ['revision.read', '- M - O'],
    ['target.set', '- M - O'],
    ['dispute.resolve', '- M - O'],

    ['budget.read', '- - O -'],
    ['ledger.read', '- - O -'],
    ['ledger.adjust', '- - O -'],
    ['audit.read', '- - O O'],

    ['member.manage', '- - - O'],
    ['member.promote', '- - - O'],
    ['team.manage', '- - - O'],
    ['key.manage', '- - - O'],
    ['import.run', '- - - O'],
    ['kpi.define', '- - - O'],
    ['settings.change', '- - - O'],
    ['session.end', '- - - O'],
    ['invitation.send', '- - - O'],

    ['organisation.operate', '- - - -'],
    ['activity.record', '- - - -'],
  ])('%s: %s', (action, expected) => {
    expect(said(action)).toBe(expected);
  });
});

const keysOf = (action: Action): Scope[] =>
  scopes.filter((scope) => permits(action, { kind: 'key', scopes: [scope] }));

describe('who may do what, by key:', () => {
  it('a key reads, or writes activities, or writes people; an admin key does what any key may', () => {
    expect(keysOf('activity.record')).toEqual(['activities:write', 'admin']);
    expect(keysOf('member.manage')).toEqual(['people:write', 'admin']);
    expect(keysOf('figure.read')).toEqual(['read', 'admin']);
    expect(keysOf('member.promote')).toEqual(['admin']);
    expect(keysOf('key.manage')).toEqual(['admin']);
  });

  it('no key does what is signed by a person, or belongs to one', () => {
    const personal: Action[] = [
      'ledger.adjust',
      'challenge.countersign',
      'ceiling.set',
      'dispute.resolve',
      'dispute.report',
      'terms.acknowledge',
      'wallet.own',
      'session.own',
      'organisation.operate',
    ];
    expect(personal.filter((action) => keysOf(action).length > 0)).toEqual([]);
  });
});

describe('the others', () => {
  const open = (...others: unknown[]) =>
    actions.filter((one) => others.includes(policy[one].others));

  it('are let in by nothing but these', () => {
    expect(open('public')).toEqual([
      'health.read',
      'demo.read',
      'setup.begin',
      'session.open',
      'invitation.accept',
    ]);
    expect(open('signed-in')).toEqual(['session.own']);
    expect(open('operator')).toEqual(['organisation.operate', 'signature.operate', 'welcome.open']);
    expect(open('board-link')).toEqual(['board.read', 'board-link.open']);
  });

  it('are a board link, which opens nothing that a member or a key has alone', () => {
    const opened = actions.filter((action) => permits(action, { kind: 'board-link' }));
    expect(opened).toEqual(open('public', 'board-link'));
  });

  it('are somebody without a role, who may do nothing in an organisation', () => {
    const opened = actions.filter((action) => mayOpen(action, []));
    expect(opened).toEqual(open('public', 'signed-in'));
    expect(actions.filter((action) => mayOpen(action, [], true))).toEqual(
      open('public', 'signed-in', 'operator'),
    );
  });
});

describe('with several roles', () => {
  it('a member may do what any of them may, and reaches as far as the widest', () => {
    expect(mayOpen('budget.read', ['rep', 'hr'])).toBe(true);
    expect(reach('figure.read', ['rep', 'hr'])).toBe('own');
    expect(reach('figure.read', ['admin', 'rep', 'manager'])).toBe('organisation');
    expect(reach('figure.read', ['hr'])).toBeUndefined();
  });
});

describe('a key', () => {
  it('reaches the whole organisation by what it may do, and nothing by the rest', () => {
    const reader = { kind: 'key', scopes: ['read'] } as const;
    expect(reachOf('figure.read', reader)).toBe('organisation');
    expect(reachOf('target.set', reader)).toBeUndefined();
    expect(reachOf('board.read', { kind: 'board-link' })).toBeUndefined();
  });
});
