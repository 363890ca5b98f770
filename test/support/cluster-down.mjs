import fs from 'node:fs';

export default async function () {
  const started = globalThis.palmaresCluster;
  if (!started) return;
  await started.cluster.stop();
  fs.rmSync(started.dir, { recursive: true, force: true });
}
