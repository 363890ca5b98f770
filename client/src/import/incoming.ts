import { shallowRef } from 'vue';

/** A file that was dropped somewhere else, on its way to the page that sends it. */
export const incoming = shallowRef<File>();
