import { z } from 'zod';
import { serviceAccountKey } from '../sdk/index.ts';

export type Ga4Config = {
  propertyId: string;
  /** The text of the service account's JSON key file. */
  serviceAccountKey: string;
  transport: 'auto' | 'grpc' | 'rest';
};

const ID_HELP = 'Enter the property’s number, such as 123456789 (GA4 Admin, Property details, top right)';

const propertyId = z
  .string({ error: ID_HELP })
  .trim()
  .refine((id) => !/^G-/i.test(id), {
    error: `G-… is the measurement ID of a data stream, not of the property. ${ID_HELP}`,
    abort: true,
  })
  .refine((id) => !/^UA-/i.test(id), {
    error: `UA-… is a property of Universal Analytics, which Google has shut down. ${ID_HELP}`,
    abort: true,
  })
  .regex(/^(properties\/)?\d+$/, { error: ID_HELP })
  .describe('The number of the GA4 property')
  .transform((id) => id.replace('properties/', ''));

const transport = z
  .enum(['auto', 'grpc', 'rest'], { error: 'Choose auto, grpc or rest' })
  .default('auto')
  .describe('How to talk to Google: gRPC, REST, or (auto) REST only where gRPC cannot connect');

export const configSchema = z.object({
  propertyId,
  serviceAccountKey: serviceAccountKey(
    'The JSON key file of a service account that is a Viewer of the property',
  ),
  transport,
});
