// One at a time: `npm run cli` beside a first `npm start` must not install into the same folder.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root, say } from './process.mjs';

const file = path.join(root, '.cache/scripts.lock');

export async function alone(work) {
  mkdirSync(path.dirname(file), { recursive: true });
  for (let turn = 0; !take(); turn++) {
    if (turn === 0) say('Waiting for another script that is installing or building…');
    await pause(200);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take() {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!holderIsAlive()) rmSync(file, { force: true });
  return false;
}

function holderIsAlive() {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Between making the file and writing in it the other one has no number yet.
    return pid === 0 || process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM' || error.code === 'ENOENT';
  }
}
