-- What an objective and a Key Result are called in the languages that their readers read. The title itself stays, for whoever
-- reads another one.

ALTER TABLE "objective" ADD COLUMN     "titles" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "key_result" ADD COLUMN     "titles" JSONB NOT NULL DEFAULT '{}';

ALTER TABLE "objective" ADD CONSTRAINT "objective_titles" CHECK (jsonb_typeof("titles") = 'object');
ALTER TABLE "key_result" ADD CONSTRAINT "key_result_titles" CHECK (jsonb_typeof("titles") = 'object');
