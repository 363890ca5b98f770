import { formatScaled, parseScaled } from '@palmares/shared/quantity/scaled';
import type { Differences } from './close.api';

type Item = Differences['items'][number];

const scoreOf = (place: Item['before']) => parseScaled(place?.score ?? '0') ?? 0;

/** How much of a score came or went, exactly, as a decimal. */
export const gainOf = ({ before, after }: Item): string =>
  formatScaled(scoreOf(after) - scoreOf(before));
