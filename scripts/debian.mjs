// On a bare Debian or Ubuntu, as root (a container, a build machine), tests may fetch what they need.
import { existsSync } from 'node:fs';
import { run, say } from './process.mjs';

const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Installs system packages; says whether it could. */
export async function obtain(...packages) {
  if (!mayInstall()) return false;
  say(`Installing ${packages.join(', ')} with apt-get…`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await run('apt-get', ['update', '-qq'], { env });
  const options = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const { code, output } = updated.code === 0 ? await run('apt-get', options, { env }) : updated;
  if (code !== 0) say(output.slice(-600));
  return code === 0;
}
