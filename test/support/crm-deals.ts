import fs from 'node:fs';
import { crmFile } from './crm.js';
import type { TestOrganisation } from './organisation.js';

type Row = Record<string, string>;

function read(file: string): Row[] {
  const [head = '', ...lines] = fs.readFileSync(crmFile(file), 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  });
}

/** The agents and, as teams, their managers; every deal that has begun as its activities. */
export async function recordCrm(house: TestOrganisation): Promise<void> {
  const agents = read('sales_teams.csv');
  const regionOf = new Map<string, string>();
  const teams = new Map<string, string[]>();
  for (const { sales_agent: agent = '', manager = '', regional_office: region = '' } of agents) {
    await house.member(agent);
    regionOf.set(agent, region);
    teams.set(manager, [...(teams.get(manager) ?? []), agent]);
  }
  for (const [manager, members] of teams) await house.team(manager, members);
  const activities = read('sales_pipeline.csv').flatMap((row) => activitiesOf(row, regionOf));
  for (let at = 0; at < activities.length; at += 5_000) {
    const { refused } = await house.record(...activities.slice(at, at + 5_000));
    if (refused.length > 0) throw new Error(JSON.stringify(refused[0]));
  }
}

function activitiesOf(row: Row, regionOf: ReadonlyMap<string, string>): object[] {
  const { opportunity_id: item, sales_agent: agent = '', engage_date: openedAt } = row;
  const { deal_stage: stage, close_date: closedAt, close_value: amount, account } = row;
  const shared = {
    source: 'crm',
    item,
    member: { externalId: agent },
    region: regionOf.get(agent),
    customer: account || null,
    product: row['product'] === 'GTXPro' ? 'GTX Pro' : row['product'],
    quantity: 1,
  };
  const opened = { externalId: `${item}#opened`, type: 'deal.opened', occurredAt: openedAt };
  const closed = {
    externalId: `${item}#closed`,
    type: stage === 'Won' ? 'deal.won' : 'deal.lost',
    occurredAt: closedAt,
    openedAt,
    amount,
    currency: 'USD',
  };
  return [...(openedAt ? [opened] : []), ...(closedAt ? [closed] : [])].map((one) => {
    return { ...shared, ...one };
  });
}
