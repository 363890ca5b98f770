import type { InjectionKey, Ref } from 'vue';

/** What the row of whoever is looking says besides: how to climb. */
export const hintKey: InjectionKey<Readonly<Ref<string>>> = Symbol('hint');
