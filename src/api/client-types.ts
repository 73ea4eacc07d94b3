import type { components, operations } from './generated/schema.ts';

/** What is sent and answered, as the committed document says it. */
export type OperationName = Exclude<keyof operations, 'listenToEvents'>;
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

type Json<Answered> = Answered extends { content: { 'application/json': infer Value } } ? Value : null;
type Responses<Name extends OperationName> = operations[Name]['responses'];
export type Answer<Name extends OperationName> =
  Responses<Name> extends { 200: infer Answered }
    ? Json<Answered>
    : Responses<Name> extends { 201: infer Answered }
      ? Json<Answered>
      : Responses<Name> extends { 202: infer Answered }
        ? Json<Answered>
        : null;
export type Body<Name extends OperationName> = operations[Name] extends {
  requestBody: { content: { 'application/json': infer Value } };
}
  ? Value
  : undefined;
export type Query<Name extends OperationName> = operations[Name]['parameters']['query'];
