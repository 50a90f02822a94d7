global using System.Text.Json;
global using System.Text.Json.Serialization;
global using Otp.Gateway.Audit;
global using Otp.Gateway.Auth;
global using Otp.Gateway.Flow;
global using Otp.Gateway.Http;
global using Otp.Programs;
global using Otp.Targets;
