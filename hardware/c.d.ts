/** C sources are imported as their text; the bundler and the test runner see to it. */
declare module "*.c" {
  const text: string;
  export default text;
}
