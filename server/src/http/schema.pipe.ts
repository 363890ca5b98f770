import { Injectable, StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { pointerTo, type Fault } from '@palmares/shared/problem/catalogue';
import { ProblemError } from './problem-error.js';

interface Issue {
  message: string;
  keys?: string[];
  path?: readonly (PropertyKey | { key: PropertyKey })[];
}

/** More than are told of any request: a body may have hundreds of thousands. */
const LOOKED_AT = 100;

/** The first places that are wrong: unknown keys are reported at themselves, not at their parent. */
function faultsOf(issues: readonly Issue[], inBody: boolean): Fault[] {
  return issues.slice(0, LOOKED_AT).flatMap((issue) => {
    const path = (issue.path ?? []).map((step) => (typeof step === 'object' ? step.key : step));
    const places = issue.keys?.slice(0, LOOKED_AT).map((key) => [...path, key]) ?? [path];
    return places.map((place) => ({
      ...(inBody ? { pointer: pointerTo(place) } : { parameter: place.map(String).join('.') }),
      detail: issue.keys ? 'unknown field' : issue.message,
    }));
  });
}

const NUL_TOLD = 'contains a character that cannot be kept';

/** No text of the database has one, and no statement takes one. */
function refuseNul(query: unknown): void {
  const faults = Object.entries(Object(query) as object)
    .filter(([name, value]) => `${name}${String(value)}`.includes('\0'))
    .map(([parameter]) => ({ parameter, detail: NUL_TOLD }));
  if (faults.length > 0) throw new ProblemError('invalid', undefined, faults);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A name in an address; an id may be written in capitals, and is one id all the same. */
function nameIn(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.includes('\0')) throw new ProblemError('not-found');
  return UUID.test(value) ? value.toLowerCase() : value;
}

/** What a service finds wrong with a body by the schema of what becomes of it. */
export const bodyFaults = (issues: readonly Issue[]): Fault[] => faultsOf(issues, true);

/** Validates body, query and parameters by the schema that their decorator names. */
@Injectable()
export class SchemaPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => issues });
  }

  /** The reader of JSON refuses them, and addresses are read into objects without a prototype. */
  protected override stripProtoKeys(): void {}

  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    if (metadata.type === 'query') refuseNul(value);
    const asked = metadata.type === 'param' ? (nameIn(value) as T) : value;
    try {
      return await super.transform(asked, metadata);
    } catch (issues) {
      if (!Array.isArray(issues)) throw issues;
      // A name that nothing can have is that of nothing.
      if (metadata.type === 'param') throw new ProblemError('not-found');
      const name = metadata.data;
      const placed = name
        ? (issues as Issue[]).map((issue) => ({ ...issue, path: [name, ...(issue.path ?? [])] }))
        : (issues as Issue[]);
      throw new ProblemError('invalid', undefined, faultsOf(placed, metadata.type === 'body'));
    }
  }
}
