import { contentOf, identityOf } from '@palmares/shared/activity/activity';
import { rank } from '@palmares/shared/board/rank';
import { challengeDefinitionSchema } from '@palmares/shared/challenge/challenge';
import { compileChallenge } from '@palmares/shared/challenge/compile';
import { scoresOf } from '@palmares/shared/challenge/score';
import { decide } from '@palmares/shared/intake/decide';
import { isRefusal, readItem, resolveItem } from '@palmares/shared/intake/read';
import { settle } from '@palmares/shared/intake/settle';
import { measureText, type Measure } from '@palmares/shared/kpi/measure';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import { localDay } from '@palmares/shared/time/day';

/** Activities as they are posted in a zone, measures of every kind, and a challenge over them. */
export interface Vector {
  zone: string;
  items: unknown[];
  measures: Measure[];
  challenge: unknown;
}

/** The core from what is posted to who is first: the same file runs in Node and in a browser. */
export function compute({ zone, items, measures, challenge }: Vector): unknown {
  const context = { currency: 'EUR', dayOf: localDay(zone), now: Date.parse('2026-04-15') };
  const read = items.map((item, index) => readItem(item, index, context));
  const refused = read.filter(isRefusal);
  const idOf = (reference: object) => Object.values(reference).join();
  const arrivals = read
    .flatMap((one) => (isRefusal(one) ? [] : [resolveItem(one, idOf, context.dayOf)]))
    .flatMap((one) => ('activity' in one ? [one.activity] : []))
    .map((activity) => ({ activity, hash: contentOf(activity) }));
  const { outcomes, appended, transitions } = decide(arrivals, new Map());
  const compiled = compileChallenge(challengeDefinitionSchema.parse(challenge));
  const kept = new Map([
    ...measures.map((measure) => [measureText(measure), measure] as const),
    ...compiled.measures,
  ]);
  const totals = settle(transitions, kept, () => []);
  const shares = appended.flatMap(({ activity }) => activity.shares);
  const members = [...new Set(shares.map(({ memberId }) => memberId))];
  const facts = members.map(
    (id) => [id, { totalsOf: (text: string) => totals.get(text)?.get(id) }] as const,
  );
  const scores = [...scoresOf(compiled, new Map(facts))].map(([id, { score, ...rest }]) => {
    return { id, score: formatScaled(score), ...rest };
  });
  const board = scores.map(({ id, score, exact, reachedAt, reason }) => {
    const subject = { type: 'member' as const, id, label: id };
    return { subject, score, ...(exact && { exact }), reachedAt, reason };
  });
  return {
    refused,
    outcomes,
    appended: appended.map(({ activity, ...rest }) => [identityOf(activity), activity, rest]),
    totals: [...totals].map(([text, days]) => [
      text,
      [...days].map(([member, values]) => [member, [...values]]),
    ]),
    scores,
    ranks: rank(board),
  };
}
