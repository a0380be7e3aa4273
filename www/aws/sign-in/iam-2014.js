/** The AngularJS side of `iam-2014.html`. */
import angular from "angular";
import { sendCode, sendPassword } from "../client.js";

/** Angular shows only what changes inside a digest, hence `$applyAsync` after each answer. */
class SignIn {
  step = "password";
  account = new URLSearchParams(location.search).get("account") ?? "";
  userName = "";
  password = "";
  code = "";
  error = "";
  ticket = "";
  method = "";
  /** @type {{ value: string, label: string }[]} */
  methods = [];

  /** @param {import("angular").IScope} $scope */
  constructor($scope) {
    this.scope = $scope;
  }

  async signIn() {
    const { account, userName, password } = this;
    this.follow(await sendPassword({ kind: "iam", account, userName, password }));
  }

  choose() {
    if (this.method === "SWHW") {
      this.step = "code";
    }
  }

  async submitCode() {
    this.follow(await sendCode({ ticket: this.ticket, code: this.code }));
  }

  /** @param {import("../client.js").SignInReply} reply */
  follow(reply) {
    this.scope.$applyAsync(() => {
      this.error = reply.next === "again" ? reply.error : "";
      if (reply.next === "done") {
        location.assign(reply.location);
      } else if (reply.next === "mfa") {
        this.ticket = reply.ticket;
        this.step = reply.methods.length > 1 ? "chooser" : "code";
        this.methods = [
          { value: "SWHW", label: "Authenticator app or hardware token" },
          { value: "SMS", label: "Text message" },
        ];
      } else {
        this.code = "";
      }
    });
  }
}

angular.module("IamLoginApp", []).controller("SignIn", ["$scope", SignIn]);
