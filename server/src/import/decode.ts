import { isAscii, isUtf8 } from 'node:buffer';

export type Encoding = 'utf-8' | 'utf-16' | 'windows-1252';

/** What Windows-1252 has where Latin-1 has control characters. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const fromWindows = (bytes: Buffer) =>
  bytes.toString('latin1').replaceAll(/[\u0080-\u009f]/g, (character) => {
    return WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character;
  });

/** How many bytes at the end are the beginning of a character. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** True when more of these bytes make no sense as UTF-8 than do. */
function isRather1252(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  const strange = text.split('\ufffd').length - 1;
  return strange * 2 > text.replaceAll(/[\0-\x7f]/g, '').length;
}

/**
 * Text of bytes that do not say what they are: UTF-16 by its mark, UTF-8 by its mark or as long as
 * it makes sense, else Windows-1252. The beginning decides: what comes before the first byte that
 * is no UTF-8 reads the same in both.
 */
export class Decoding {
  encoding: Encoding = 'utf-8';
  private rest: Buffer = Buffer.alloc(0);
  private utf16: InstanceType<typeof TextDecoder> | undefined;
  private begun = false;
  private beyondAscii = false;

  next(bytes: Buffer, last = false): string {
    const all = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : bytes;
    this.rest = Buffer.alloc(0);
    if (!this.begun) {
      if (all.length < 3 && !last) {
        this.rest = all;
        return '';
      }
      this.begun = true;
      return this.read(this.withoutMark(all), last);
    }
    return this.read(all, last);
  }

  private withoutMark(bytes: Buffer): Buffer {
    if (bytes.subarray(0, 3).toString('hex') === 'efbbbf') {
      this.beyondAscii = true;
      return bytes.subarray(3);
    }
    const two = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
    if (two !== 0xfffe && two !== 0xfeff) return bytes;
    this.encoding = 'utf-16';
    this.utf16 = new TextDecoder(two === 0xfffe ? 'utf-16le' : 'utf-16be');
    return bytes;
  }

  private read(bytes: Buffer, last: boolean): string {
    if (this.utf16) return this.utf16.decode(bytes, { stream: !last });
    if (this.encoding === 'windows-1252') return fromWindows(bytes);
    const cut = last ? bytes.length : bytes.length - unfinished(bytes);
    const whole = bytes.subarray(0, cut);
    if (!this.beyondAscii && !isUtf8(whole) && isRather1252(whole)) {
      this.encoding = 'windows-1252';
      return fromWindows(bytes);
    }
    this.rest = Buffer.from(bytes.subarray(cut));
    this.beyondAscii ||= !isAscii(whole);
    return whole.toString('utf8');
  }
}
