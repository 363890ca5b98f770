// What the bundle puts into the page.
import { compute, type Vector } from './compute.js';

Object.assign(globalThis, {
  computeAll: (vectors: string) => JSON.stringify((JSON.parse(vectors) as Vector[]).map(compute)),
});
