/** The few parts of AngularJS that the simulated page of 2014 uses; the package has no types of its own. */
declare module "angular" {
  export interface IScope {
    $applyAsync(change: () => void): void;
  }
  interface Module {
    controller(name: string, definition: readonly [string, new (scope: IScope) => object]): Module;
  }
  const angular: { module(name: string, requires: readonly string[]): Module };
  export default angular;
}
