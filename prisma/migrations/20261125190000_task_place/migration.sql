-- Where the samples of a run stand in lists and exports does not depend on which worker was faster.
ALTER TABLE "Task" ADD COLUMN "place" INTEGER NOT NULL DEFAULT 0;
