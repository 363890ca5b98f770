import { emitKeypressEvents } from 'node:readline';
import { CommandError } from './command-error.js';

interface Key {
  name?: string;
  ctrl?: boolean;
}

/** Asks at the terminal, and shows nothing of what is typed. */
export async function askHidden(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = '';
      const hear = (text: string | undefined, key: Key) => {
        if (key.ctrl && (key.name === 'c' || key.name === 'd')) {
          stdin.off('keypress', hear);
          reject(new CommandError('nothing was done'));
        } else if (key.name === 'return' || key.name === 'enter') {
          stdin.off('keypress', hear);
          resolve(typed);
        } else if (key.name === 'backspace') typed = typed.replace(/.$/su, '');
        else if (text !== undefined && !key.ctrl) typed += text;
      };
      stdin.on('keypress', hear);
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}
