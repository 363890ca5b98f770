import { Injectable, StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { pointerTo, type Fault } from '@palmares/shared/problem/catalogue';
import { ProblemError } from './problem-error.js';

interface Issue {
  message: string;
  keys?: string[];
  path?: readonly (PropertyKey | { key: PropertyKey })[];
}

/** Every place that is wrong: unknown keys are reported at themselves, not at their parent. */
function faultsOf(issues: readonly Issue[], inBody: boolean): Fault[] {
  return issues.flatMap((issue) => {
    const path = (issue.path ?? []).map((step) => (typeof step === 'object' ? step.key : step));
    const places = issue.keys ? issue.keys.map((key) => [...path, key]) : [path];
    return places.map((place) => ({
      ...(inBody ? { pointer: pointerTo(place) } : { parameter: place.map(String).join('.') }),
      detail: issue.keys ? 'unknown field' : issue.message,
    }));
  });
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
    try {
      return await super.transform(value, metadata);
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
