-- The pipeline: runs, their tasks, what stages and models answered, and the money set aside for them.
CREATE TYPE "RunState" AS ENUM ('running', 'paused', 'cancelled', 'done');

ALTER TABLE "Sample" ADD COLUMN "runId" UUID;

CREATE TABLE "Run" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "userId" TEXT,
    "preset" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "freshFrom" TEXT,
    "state" "RunState" NOT NULL DEFAULT 'running',
    "stateReason" TEXT,
    "capMicroUsd" BIGINT,
    "spentMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "reservedMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "videosTotal" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMP(3),
    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Task" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "videoId" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "pairKey" TEXT NOT NULL DEFAULT '',
    "state" "JobState" NOT NULL DEFAULT 'waiting',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMP(3),
    "resultId" UUID,
    "isMemo" BOOLEAN NOT NULL DEFAULT false,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "durationMs" INTEGER,
    "costMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "startedAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Task_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "StageResult" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "inputHash" TEXT NOT NULL,
    "outputHash" TEXT NOT NULL,
    "output" JSONB NOT NULL,
    "provenance" JSONB NOT NULL,
    "costMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "durationMs" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "StageResult_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ModelCall" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "requestHash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "inputTokens" INTEGER NOT NULL,
    "outputTokens" INTEGER NOT NULL,
    "costMicroUsd" BIGINT NOT NULL,
    "latencyMs" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "ModelCall_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Reservation" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "taskId" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "microUsd" BIGINT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Reservation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Budget" (
    "projectId" UUID NOT NULL,
    "capMicroUsd" BIGINT,
    "spentMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "reservedMicroUsd" BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT "Budget_pkey" PRIMARY KEY ("projectId")
);

CREATE TABLE "Errand" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "state" "JobState" NOT NULL DEFAULT 'waiting',
    "output" JSONB,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMP(3),
    CONSTRAINT "Errand_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "Run_projectId_number_key" ON "Run"("projectId", "number");
CREATE INDEX "Run_projectId_createdAt_idx" ON "Run"("projectId", "createdAt");
CREATE UNIQUE INDEX "Task_runId_videoId_pairKey_stage_key" ON "Task"("runId", "videoId", "pairKey", "stage");
CREATE INDEX "Task_runId_state_position_idx" ON "Task"("runId", "state", "position");
CREATE INDEX "Task_runId_position_state_idx" ON "Task"("runId", "position", "state");
CREATE INDEX "Task_videoId_pairKey_stage_state_idx" ON "Task"("videoId", "pairKey", "stage", "state");
CREATE UNIQUE INDEX "StageResult_projectId_stage_inputHash_key" ON "StageResult"("projectId", "stage", "inputHash");
CREATE UNIQUE INDEX "ModelCall_projectId_requestHash_key" ON "ModelCall"("projectId", "requestHash");
CREATE INDEX "Reservation_taskId_idx" ON "Reservation"("taskId");
CREATE INDEX "Reservation_runId_idx" ON "Reservation"("runId");
CREATE INDEX "Errand_projectId_createdAt_idx" ON "Errand"("projectId", "createdAt");

ALTER TABLE "Run" ADD CONSTRAINT "Run_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Task" ADD CONSTRAINT "Task_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Budget" ADD CONSTRAINT "Budget_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Run" ADD CONSTRAINT "Run_reserved_not_negative" CHECK ("reservedMicroUsd" >= 0);
ALTER TABLE "Budget" ADD CONSTRAINT "Budget_reserved_not_negative" CHECK ("reservedMicroUsd" >= 0);
