import { describe, expect, it } from '@jest/globals';
import { policyRules } from './policy-rule.js';
import { textRules } from './text-rule.js';
import { read, sourceFiles } from './tree.js';

describe.each([...textRules, ...policyRules])('$name', (rule) => {
  const files = sourceFiles().filter((file) => rule.applies(file));

  it('holds in the whole tree', () => {
    const faults = files.flatMap((file) =>
      rule.faults(file, read(file)).map((f) => `${file}: ${f}`),
    );
    expect(faults).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
  });

  it('can fail', () => {
    const unseen = rule.planted.filter(
      ({ file, text }) => !rule.applies(file) || rule.faults(file, text).length === 0,
    );
    expect(unseen).toEqual([]);
  });
});
