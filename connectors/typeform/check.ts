import { type CheckResult, ConnectorError } from '../sdk/index.ts';
import { createTypeformClient, type TypeformContext } from './client.ts';
import { formSchema, responsesSchema } from './schema.ts';

/**
 * The form's responses, then its questions: without these, only responses can be counted.
 *
 * @throws ConnectorError as every read does
 */
export async function checkTypeform(context: TypeformContext): Promise<CheckResult> {
  const { form } = context.config;
  const client = createTypeformClient(context);
  await client.get(`/forms/${form}/responses`, `the responses of ${form}`, responsesSchema, { page_size: 1 });
  try {
    const { title } = await client.get(`/forms/${form}`, `the form ${form}`, formSchema);
    return { account: `Typeform form "${title}" (${form})`, livemode: null, warnings: [] };
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.errorClass !== 'config') throw error;
    const warning =
      'This token may not read the questions of the form. Give it the scope forms:read if you want scores and satisfaction.';
    return { account: `Typeform form ${form}`, livemode: null, warnings: [warning] };
  }
}
