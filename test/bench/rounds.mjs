// Rounds in turn with the rival, so that whatever else the machine does falls on both.

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The nearest rank; of few values the highest percentiles are the greatest value. */
export function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length, Math.ceil((percent / 100) * sorted.length)) - 1] ?? 0;
}

export const spread = (values) => ({ min: Math.min(...values), max: Math.max(...values) });

const round = (value, digits = 2) => Number(value.toFixed(digits));

/** Median and range of a list, rounded, for the JSON line. */
export function summary(values, digits = 2) {
  const { min, max } = spread(values);
  return {
    median: round(median(values), digits),
    min: round(min, digits),
    max: round(max, digits),
  };
}

/**
 * Runs every contender once to warm up, then in turn, round after round.
 * @param contenders name → (round number; 0 is the warm-up) → what was measured
 */
export async function inTurn(contenders, rounds, onRound = () => {}) {
  const measured = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let number = 0; number <= rounds; number++) {
    for (const [name, run] of Object.entries(contenders)) {
      const result = await run(number);
      if (number > 0) measured[name].push(result);
    }
    if (number > 0) onRound(number, measured);
  }
  return measured;
}

/** Prints rows of cells in columns; the first row is the heading. */
export function printTable(rows) {
  const texts = rows.map((row) => row.map(String));
  const widths = texts[0].map((_, at) => Math.max(...texts.map((row) => (row[at] ?? '').length)));
  for (const row of texts) {
    const cells = row.map((text, at) =>
      at === 0 ? text.padEnd(widths[at]) : text.padStart(widths[at]),
    );
    console.log(cells.join('  ').trimEnd());
  }
}

export const whole = (value) => Math.round(value).toLocaleString('en-GB').replaceAll(',', ' ');
export const fixed = (value, digits = 2) => value.toFixed(digits);
export const range = (values, show = fixed) => {
  const { min, max } = spread(values);
  return `${show(min)}–${show(max)}`;
};

const ratiosOf = ({ ours, rival }) => ours.map(({ rate }, at) => rate / rival[at].rate);
const tookOf = (results) => results.flatMap(({ took }) => took);

/** The table of two contenders whose rounds are `{ rate, took }`. */
export function printComparison(measured, unit) {
  const ratios = ratiosOf(measured);
  printTable([
    ['', unit, 'range', 'p50 ms', 'p99 ms'],
    ...Object.entries(measured).map(([name, results]) => {
      const rates = results.map(({ rate }) => rate);
      const times = [50, 99].map((percent) => fixed(percentile(tookOf(results), percent), 1));
      return [name, whole(median(rates)), range(rates, whole), ...times];
    }),
    ['ratio', fixed(median(ratios)), range(ratios), '', ''],
  ]);
}

/** The same for the JSON line; the ratio is the median of the rounds' own ratios. */
export function comparison(measured) {
  const ratios = summary(ratiosOf(measured), 3);
  const [ours, rival] = [measured.ours, measured.rival].map((results) => {
    const rates = results.map(({ rate }) => rate);
    const took = tookOf(results);
    const [p50Ms, p99Ms] = [50, 99].map((percent) => round(percentile(took, percent), 1));
    return { perSecond: summary(rates, 0), p50Ms, p99Ms };
  });
  const range = [ratios.min, ratios.max];
  return { ratio: ratios.median, range, rounds: measured.ours.length, ours, rival };
}
