import type { Values } from '@palmares/shared/kpi/aggregations/aggregation';
import { measureText } from '@palmares/shared/kpi/measure';
import type { Windowed } from '@palmares/shared/kpi/operand';
import type { Tx } from '../platform/database.js';
import { totalsBy, type ResultView, type SubjectTotals } from './result.store.js';
import { together } from './totals-sql.js';

const nothing: Values = { count: 0, sum: 0 };

/** What a question has to read: each thing once, and in one statement what can be. */
export class Inquiry {
  private readonly groups = new Map<string, Windowed[]>();
  private readonly found = new Map<string, SubjectTotals>();
  private readonly wholes = new Map<string, Values>();

  constructor(
    private readonly tx: Tx,
    private readonly organisationId: string,
    private readonly view: ResultView,
  ) {}

  /** Says what will be asked, so that it is read together with what is like it. */
  plan(windowed: Windowed): void {
    const group = this.groupOf(windowed);
    const list = this.groups.get(group) ?? [];
    if (!list.some((one) => textOf(one) === textOf(windowed))) list.push(windowed);
    this.groups.set(group, list);
  }

  private groupOf(windowed: Windowed): string {
    return together(windowed, this.view.by) ?? textOf(windowed);
  }

  async of(windowed: Windowed): Promise<SubjectTotals> {
    const text = textOf(windowed);
    const known = this.found.get(text);
    if (known) return known;
    const [first = windowed, ...rest] = this.groups.get(this.groupOf(windowed)) ?? [windowed];
    const group: [Windowed, ...Windowed[]] = [first, ...rest];
    const read = await totalsBy(this.tx, this.organisationId, group, this.view);
    group.forEach((one, at) => {
      const totals = read[at];
      if (totals) this.found.set(textOf(one), totals);
    });
    return this.found.get(text) ?? { subjects: new Map(), total: nothing };
  }

  /** What all that are seen have together. */
  async whole(windowed: Windowed): Promise<Values> {
    const text = textOf(windowed);
    const known = this.wholes.get(text);
    if (known) return known;
    const view = { ...this.view, by: 'all' } as const;
    const [read] = await totalsBy(this.tx, this.organisationId, [windowed], view);
    const total = read?.total ?? nothing;
    this.wholes.set(text, total);
    return total;
  }
}

const textOf = ({ measure, window }: Windowed) =>
  `${measureText(measure)} ${window.from} ${window.to}`;
