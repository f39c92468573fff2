-- Why a sample was rejected or sent back, beside the decision itself.
ALTER TABLE "Sample" ADD COLUMN "decisionReasons" JSONB NOT NULL DEFAULT '[]', ADD COLUMN "decisionNote" TEXT NOT NULL DEFAULT '';

-- Row problems are kept apart from the flags that are computed anew after each edit, so that undoing an edit brings them back.
ALTER TABLE "SampleBody" ADD COLUMN "rowProblems" JSONB;
