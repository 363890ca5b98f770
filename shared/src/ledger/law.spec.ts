import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  anyLedgerCourse,
  LedgerModel,
  type Entry,
  type LedgerCommand,
} from './ledger.arbitrary.js';
import { compareLots, isOverdue } from './lot.js';
import { accounts, places, type Account, type Place, type Wallet } from './posting.js';

/** What every account of everybody has, from the postings alone. */
function balances(model: LedgerModel): Record<Account, number> {
  const sums = Object.fromEntries(accounts.map((account) => [account, 0]));
  for (const { from, to, amount } of model.entries) {
    sums[from] = (sums[from] ?? 0) - amount;
    sums[to] = (sums[to] ?? 0) + amount;
  }
  return sums as Record<Account, number>;
}

const lotSum = ({ lots }: Wallet, place: Place) => lots.reduce((sum, lot) => sum + lot[place], 0);

/** Runs a course, looking at the ledger after every command. */
function lead(course: readonly LedgerCommand[], look: (model: LedgerModel) => void): LedgerModel {
  const model = new LedgerModel();
  for (const command of course) {
    model.run(command);
    look(model);
  }
  return model;
}

/** What the postings left of each lot in each place. */
function movedByLot(entries: readonly Entry[]): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (key: string, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount);
  for (const { from, to, parts } of entries) {
    for (const { lotId, amount } of parts) {
      add(`${lotId} ${from}`, -amount);
      add(`${lotId} ${to}`, amount);
    }
  }
  return sums;
}

function expectConserved(model: LedgerModel): void {
  const sums = balances(model);
  expect(accounts.reduce((sum, account) => sum + sums[account], 0)).toBe(0);
  for (const [member, wallet] of model.wallets.entries()) {
    const own = model.entries.filter((one) => one.member === member);
    for (const account of ['pending', 'available', 'held', 'owed'] as const) {
      const flow = own.reduce((sum, { from, to, amount }) => {
        return sum + amount * (Number(to === account) - Number(from === account));
      }, 0);
      expect(wallet[account] + 0).toBe(flow + 0);
    }
    for (const place of ['pending', 'available', 'held'] as const) {
      expect(lotSum(wallet, place)).toBe(wallet[place]);
      expect(wallet[place]).toBeGreaterThanOrEqual(0);
    }
    expect(wallet.owed).toBeLessThanOrEqual(0);
    // Nobody has points to spend and a debt, but for what a correction could not take: overdue ones.
    const spendable = wallet.lots.filter(
      (lot) => lot.available > 0 && !isOverdue(lot, model.today),
    );
    if (wallet.owed < 0) expect(spendable).toEqual([]);
    const moved = movedByLot(own);
    for (const lot of wallet.lots) {
      for (const place of places) expect(lot[place]).toBe(moved.get(`${lot.id} ${place}`) ?? 0);
    }
  }
  const expired = model.wallets.reduce((sum, wallet) => sum + lotSum(wallet, 'expired'), 0);
  expect(sums.expired).toBe(expired);
}

describe('whatever happens to points', () => {
  it('none are made or lost, and every balance is the sum of its lots and of its movements', () => {
    fc.assert(fc.property(anyLedgerCourse, (course) => void lead(course, expectConserved)));
  });

  it('somebody has what they earned, less what they spent and what expired', () => {
    fc.assert(
      fc.property(anyLedgerCourse, (course) => {
        const model = lead(course, () => {});
        const sums = balances(model);
        const had = model.wallets.reduce((sum, one) => {
          return sum + one.pending + one.available + one.held + one.owed;
        }, 0);
        const given = model.given('budget') + model.given('issuance');
        expect(had).toBe(given - sums.redeemed - sums.expired);
      }),
    );
  });

  it('an order takes from no later lot while an earlier one has points', () => {
    fc.assert(
      fc.property(anyLedgerCourse, (course) => {
        const model = new LedgerModel();
        for (const command of course) {
          const before = command.do === 'hold' ? model.wallets[command.member] : undefined;
          if (model.run(command) !== 'done' || !before) continue;
          const taken = new Map(
            model.entries.at(-1)?.parts.map(({ lotId, amount }) => [lotId, amount]),
          );
          const lots = before.lots
            .filter((lot) => lot.available > 0 && !isOverdue(lot, model.today))
            .toSorted(compareLots);
          const touched = lots.findLastIndex(({ id }) => taken.has(id));
          for (const { id, available } of lots.slice(0, touched)) {
            expect(taken.get(id)).toBe(available);
          }
        }
      }),
    );
  });

  it('what is given back goes to the lots it came from, and does not outlive them', () => {
    fc.assert(
      fc.property(anyLedgerCourse, (course) => {
        const model = new LedgerModel();
        for (const command of course) {
          const known = model.entries.length;
          model.run(command);
          if (command.do !== 'give-back') continue;
          for (const { to, reverses, parts } of model.entries.slice(known)) {
            const taken = model.entries.find(({ id }) => id === reverses);
            const lots = model.wallets.flatMap((wallet) => wallet.lots);
            for (const { lotId } of parts) {
              expect(taken?.parts.some((part) => part.lotId === lotId)).toBe(true);
              const lot = lots.find(({ id }) => id === lotId);
              expect(lot && isOverdue(lot, model.today)).toBe(to === 'expired');
            }
          }
        }
      }),
    );
  });

  it('no envelope pays more than was put into it', () => {
    fc.assert(
      fc.property(anyLedgerCourse, (course) => {
        lead(course, (model) => {
          const { reserved, returned, balance } = model.budget;
          expect(balance).toBeGreaterThanOrEqual(0);
          expect(model.paid).toBeGreaterThanOrEqual(0);
          expect(model.paid).toBeLessThanOrEqual(reserved - returned);
          expect(model.paid).toBe(model.given('budget'));
        });
      }),
    );
  });

  it('doing the same again posts nothing', () => {
    fc.assert(
      fc.property(anyLedgerCourse, (course) => {
        const model = new LedgerModel();
        for (const command of course) {
          const outcome = model.run(command);
          if (command.do === 'adjust' || command.do === 'wait') continue;
          const known = model.entries.length;
          const again = model.run(command);
          expect(model.entries.length).toBe(known);
          if (command.do !== 'hold') expect(again).toBe(outcome);
        }
      }),
    );
  });
});

describe('a thousand times bought, earned, corrected and refunded', () => {
  it('create nothing', () => {
    const model = new LedgerModel();
    const due = (amount: number): LedgerCommand => {
      return { do: 'due', dues: [{ member: 0, line: 0, due: amount }], lasts: 400 };
    };
    model.run({ do: 'reserve', amount: 100 });
    for (let order = 0; order < 1_000; order++) {
      expect(model.run(due(100))).toBe('done');
      expect(model.run({ do: 'hold', order, member: 0, amount: 100 })).toBe('done');
      if (order % 2 === 0) model.run({ do: 'spend', order });
      expect(model.run(due(0))).toBe('done');
      expect(model.wallets[0]?.owed).toBe(-100);
      model.run({ do: 'give-back', order });
      expect(model.wallets[0]).toMatchObject({ available: 0, held: 0, owed: 0 });
    }
    expectConserved(model);
    expect(model.budget).toEqual({ reserved: 100, returned: 0, balance: 100 });
  });
});
