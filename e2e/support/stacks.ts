/** Where stacks are that serve these tests, one for each worker: `SLUICE_URL`, with spaces between them. */
export const stacks = (process.env.SLUICE_URL ?? "http://127.0.0.1:8600").split(" ");

/**
 * Marks a test whose way is another one on what is deployed (Lambda's own programs, S3, SQS, DynamoDB): `cargo xtask test --localstack` runs
 * these alone. What happens in the page alone is the same page there.
 */
export const deployed = { tag: "@deployed" } as const;
