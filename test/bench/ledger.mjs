// One certification: 50,000 members are paid in one settlement, against the bare inserts of the
// same postings, lots, movements and wallets.
import { startCluster, withClient } from './cluster.mjs';
import { openLedger } from './ledger-programme.mjs';
import { openBareLedger } from './bare-ledger.mjs';
import { createOrganisation } from './programme.mjs';
import { comparison, inTurn, printComparison } from './rounds.mjs';

export const summaryLine = '50 000 members paid in one settlement; rival: bare inserts of the rows';

const MEMBERS = 50_000;
const AT_LEAST = 0.3;

/** What everybody is due in a round: all are paid something, no two rounds the same. */
const duesOf = (round, { members }, budgetId) =>
  members.map(({ id }, at) => ({
    reference: `challenge/${budgetId}/${round}`,
    memberId: id,
    budgetId,
    currency: 'points',
    due: 1 + ((at * 7 + round * 13) % 500),
    expiresOn: at % 3 === 0 ? null : `2031-${String(1 + (at % 12)).padStart(2, '0')}-01`,
    regime: 'bonus',
    reason: 'Challenge of the quarter',
  }));

export async function run({ smoke, rounds = smoke ? 1 : 9 }) {
  const cluster = await startCluster();
  const closing = [() => cluster.stop()];
  try {
    const count = smoke ? 2_000 : MEMBERS;
    const organisation = await createOrganisation(cluster, 'ours', count);
    const ledger = await openLedger(cluster, organisation);
    closing.push(() => ledger.close());
    const bare = await openBareLedger(cluster, 'rival', 'ours', organisation.id);
    closing.push(() => bare.close());
    await ledger.reserve((rounds + 1) * count * 500);
    let dues;
    const measured = await inTurn(
      {
        ours: async (round) => {
          dues = duesOf(round, organisation, ledger.budgetId);
          return timed(count, async () => {
            const { postings } = await ledger.settle(dues);
            if (postings !== count) throw new Error(`WRONG: ${postings} postings of ${count}`);
          });
        },
        rival: () => timed(count, () => bare.insert(dues)),
      },
      rounds,
    );
    const again = await ledger.settle(dues);
    if (again.postings !== 0) throw new Error(`WRONG: ${again.postings} were posted again`);
    printComparison(measured, 'payouts/s');
    const all = Array.from({ length: rounds + 1 }, (_, round) =>
      duesOf(round, organisation, ledger.budgetId),
    ).flat();
    const checked = {
      ...(await ledger.check()),
      ...(await proveBySql(cluster, organisation, all)),
    };
    console.log(`right: ${JSON.stringify(checked)}`);
    return { ...comparison(measured), atLeast: AT_LEAST, members: count, checked };
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

async function timed(count, work) {
  const since = performance.now();
  await work();
  const ms = performance.now() - since;
  return { rate: (count / ms) * 1000, took: [ms] };
}

/** Asked of the tables themselves: everybody has what they were due, once, and nothing else. */
const QUESTION = `
  with due as (
    select member_id, sum(due)::bigint as points, count(*) as times
    from unnest($2::uuid[], $3::bigint[]) as due (member_id, due) group by 1
  ), paid as (
    select owner_id as member_id, sum(amount)::bigint as points, count(*) as times from posting
    where organisation_id = $1 and from_account = 'budget' and to_account = 'available' group by 1
  ), lots as (
    select member_id, sum(available)::bigint as points, count(*) as times from lot
    where organisation_id = $1 and available = amount group by 1
  ), moved as (
    select lot.member_id, sum(lot_movement.amount)::bigint as points, count(*) as times
    from lot_movement join lot on lot.id = lot_movement.lot_id
      and lot.id = lot_movement.posting_id
    where lot_movement.organisation_id = $1 group by 1
  )
  select count(*)::int as checked, count(*) filter (where
      (due.points, due.times) is distinct from (paid.points, paid.times)
      or (due.points, due.times) is distinct from (lots.points, lots.times)
      or (due.points, due.times) is distinct from (moved.points, moved.times)
      or due.points is distinct from wallet.available or wallet.owed <> 0)::int as wrong,
    (select balance = reserved - (select sum(points) from due) from budget
      where organisation_id = $1) as budget
  from due full join paid using (member_id) full join lots using (member_id)
    full join moved using (member_id)
    full join (select * from wallet where organisation_id = $1) as wallet using (member_id)`;

async function proveBySql(cluster, { id, database }, dues) {
  return withClient(cluster.address(database), async (client) => {
    const values = [id, dues.map(({ memberId }) => memberId), dues.map(({ due }) => due)];
    const { checked, wrong, budget } = (await client.query(QUESTION, values)).rows[0];
    if (wrong > 0) throw new Error(`WRONG: ${wrong} of ${checked} members have something else`);
    if (budget !== true) throw new Error('WRONG: the budget has another balance');
    if (checked === 0) throw new Error('WRONG: there is nobody to check');
    return { members: checked };
  });
}
