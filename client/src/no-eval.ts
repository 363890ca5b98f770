// zod tries whether it may compile code unless it is told not to. Our policy forbids that, and the
// browser reports every attempt; it is told before the first schema is made.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
