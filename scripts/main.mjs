// Every script ends the same way: with a code, and with a sentence rather than a stack.
import { say } from './process.mjs';

export async function main(work) {
  try {
    process.exitCode = await work(process.argv.slice(2));
  } catch (error) {
    say(error.message);
    process.exitCode = 1;
  }
}
