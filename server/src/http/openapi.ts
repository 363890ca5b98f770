import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { declarations, problemResponses, tellProblems } from './openapi-problems.js';

type Json = Record<string, unknown>;
type Side = 'input' | 'output';

const COOKIE = 'Of somebody signed in; whoever writes also sends x-csrf-token.';

const REFERENCE = /^#\/(?:components\/schemas|\$defs)\/(\w+)$/;

/** JSON Schema options of one side; unions that name a discriminator say so. */
function options(io: Side) {
  return {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    override: (context: { zodSchema: unknown; jsonSchema: Json }) => {
      const { def } = (context.zodSchema as { _zod: { def: { discriminator?: string } } })._zod;
      if (def.discriminator && context.jsonSchema['oneOf']) {
        context.jsonSchema['discriminator'] = { propertyName: def.discriminator };
      }
    },
  } as const;
}

/** Every schema with an id, as one side of the wire sees it. */
function registered(io: Side): Record<string, Json> {
  const uri = (id: string) => `#/components/schemas/${id}`;
  const all = z.toJSONSchema(z.globalRegistry, { ...options(io), uri } as never);
  return (all as unknown as { schemas: Record<string, Json> }).schemas;
}

function namesWithin(schema: Json | undefined): string[] {
  const text = JSON.stringify({ ...schema, $id: undefined });
  return [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1] ?? '');
}

/** Names whose answer differs from their request, by themselves or by what they refer to. */
function differing(input: Record<string, Json>, output: Record<string, Json>): Set<string> {
  const text = (schema: Json | undefined) => JSON.stringify(schema);
  const names = Object.keys(output);
  const differs = new Set(names.filter((name) => text(input[name]) !== text(output[name])));
  for (let before = -1; before !== differs.size;) {
    before = differs.size;
    for (const name of names) {
      if (namesWithin(output[name]).some((other) => differs.has(other))) differs.add(name);
    }
  }
  return differs;
}

function schemas() {
  const input = registered('input');
  const output = registered('output');
  const differs = differing(input, output);
  const nameOf = (id: string, io: Side) =>
    io === 'output' && differs.has(id) ? `${id}Output` : id;
  const point = (schema: Json | undefined, io: Side): Json =>
    JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
      if (key === '$schema' || key === '$id') return undefined;
      const id = key === '$ref' && typeof value === 'string' && REFERENCE.exec(value)?.[1];
      return id ? `#/components/schemas/${nameOf(id, io)}` : value;
    }) as Json;
  const components: Record<string, Json> = {};
  for (const [id, schema] of Object.entries(input)) components[id] = point(schema, 'input');
  for (const id of differs) components[`${id}Output`] = point(output[id], 'output');
  return { components, nameOf, point };
}

/** The OpenAPI 3.1 document, made of the same schemas that validate. */
export function openapi(app: INestApplication, version: string): OpenAPIObject {
  const { components, nameOf, point } = schemas();
  const convert = (schema: unknown, { schemaType: io }: { schemaType: Side }) => {
    if (!(schema instanceof z.ZodType)) return undefined;
    const id = z.globalRegistry.get(schema)?.id;
    if (id) return { schema: { $ref: `#/components/schemas/${nameOf(id, io)}` } };
    const { $defs: _defs, ...json } = z.toJSONSchema(schema, options(io) as never) as Json;
    return { schema: point(json, io) };
  };
  const head = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Palmarès')
    .setVersion(version)
    .addBearerAuth()
    .addCookieAuth('palmares_session', { type: 'apiKey', description: COOKIE })
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('cookie')
    .build();
  const document = SwaggerModule.createDocument(app, head, {
    standardSchemaConverter: convert as never,
  });
  tellProblems(document, declarations(app));
  const merged: Record<string, object> = {
    ...document.components?.schemas,
    ...(components as object),
  };
  tellOptional(document, merged);
  const parts = { ...document.components, schemas: merged as never, responses: problemResponses };
  return { ...document, components: parts };
}

/** A body that something stands for need not be sent. */
function tellOptional(document: OpenAPIObject, schemas: Record<string, object>): void {
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
    const { requestBody } = operation as { requestBody?: Json & { content?: Json } };
    const json = requestBody?.content?.['application/json'] as { schema?: Json } | undefined;
    const name = REFERENCE.exec(String(json?.schema?.['$ref']))?.[1];
    const schema = name ? schemas[name] : json?.schema;
    if (requestBody && schema && 'default' in schema) requestBody['required'] = false;
  }
}
