// Loaded into a server under test before all else: tells its test for how long the event loop stood
// still, and how much memory the process held.
//
// A gap counts as far as this process was computing in it: on a busy machine the system may let it
// wait for longer than anything that it does.
const EVERY_MS = 5;

let most = 0;
let rss = 0;
let at = performance.now();
let cpu = process.cpuUsage();

const look = () => {
  const now = performance.now();
  const used = process.cpuUsage(cpu);
  most = Math.max(most, Math.min(now - at - EVERY_MS, (used.user + used.system) / 1000));
  rss = Math.max(rss, process.memoryUsage.rss());
  at = now;
  cpu = process.cpuUsage();
};
setInterval(look, EVERY_MS).unref();

process.on('message', (message) => {
  if (message !== 'watch') return;
  look();
  process.send({ stoodStillMs: most, rss });
  most = 0;
  rss = 0;
});
// The channel alone does not keep a server alive.
process.channel?.unref();
