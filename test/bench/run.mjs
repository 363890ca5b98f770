// `npm run -s bench -- <name> [--smoke] [--rounds N] [--profile folder]`; `list` names them.
import { parseArgs } from 'node:util';

const benchmarks = [
  'intake',
  'intake-single',
  'growth',
  'rebuild',
  'start',
  'ledger',
  'cockpit',
  'proof',
  'client',
  'live',
  'board',
  'processes',
];

const options = {
  smoke: { type: 'boolean', default: false },
  rounds: { type: 'string' },
  profile: { type: 'string' },
};

async function main() {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [name = 'list'] = positionals;
  if (name === 'list') {
    for (const known of benchmarks) {
      const { summaryLine } = await import(`./${known}.mjs`);
      console.log(`${known.padEnd(14)}  ${summaryLine}`);
    }
    return 0;
  }
  if (!benchmarks.includes(name)) throw new Error(`No benchmark ${name}; see: bench -- list`);
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
    throw new Error('--rounds takes a whole number from 1');
  }
  const { run } = await import(`./${name}.mjs`);
  const figures = await run({ smoke: values.smoke, profile: values.profile, rounds });
  console.log(JSON.stringify({ name, ...figures }));
  return 0;
}

/** Whoever started us has died: our children see us go and stop. */
const orphaned = () => process.exit(1);
process.once('disconnect', orphaned);
try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message.startsWith('WRONG') ? error.message : error.stack);
  process.exitCode = 1;
}
// The channel to whoever started us would keep us here.
process.off('disconnect', orphaned);
if (process.connected) process.disconnect();
