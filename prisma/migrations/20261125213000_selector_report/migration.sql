-- Reports on how well the methods of choosing frames hit the core frames that people settled on.
CREATE TABLE "SelectorReport" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "userId" TEXT,
    "options" JSONB NOT NULL,
    "state" "JobState" NOT NULL DEFAULT 'waiting',
    "summary" JSONB,
    "videosDone" INTEGER NOT NULL DEFAULT 0,
    "videosTotal" INTEGER,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "errorMessage" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),
    CONSTRAINT "SelectorReport_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "SelectorReportVideo" (
    "reportId" UUID NOT NULL,
    "videoId" UUID NOT NULL,
    "rows" JSONB NOT NULL,
    CONSTRAINT "SelectorReportVideo_pkey" PRIMARY KEY ("reportId","videoId")
);

CREATE INDEX "SelectorReport_projectId_createdAt_idx" ON "SelectorReport"("projectId", "createdAt");
-- Two at once would look at the same videos twice, one after the other.
CREATE UNIQUE INDEX "SelectorReport_one_at_work" ON "SelectorReport"("projectId") WHERE "state" IN ('waiting', 'running');

ALTER TABLE "SelectorReport" ADD CONSTRAINT "SelectorReport_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "SelectorReportVideo" ADD CONSTRAINT "SelectorReportVideo_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "SelectorReport"("id") ON DELETE CASCADE ON UPDATE CASCADE;
