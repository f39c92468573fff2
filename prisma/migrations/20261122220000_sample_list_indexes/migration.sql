-- Lists of a whole project by risk or by last change, and decisions by day: without these each page sorts the project.
CREATE INDEX "Sample_projectId_risk_ordinal_idx" ON "Sample"("projectId", "risk" DESC, "ordinal");
CREATE INDEX "Sample_projectId_updatedAt_ordinal_idx" ON "Sample"("projectId", "updatedAt" DESC, "ordinal" DESC);
CREATE INDEX "Sample_projectId_decidedAt_idx" ON "Sample"("projectId", "decidedAt");
